/** The newest ids that came by: whether one is new. */
export function recently(room: number) {
  const seen = new Set<string>();
  return {
    first(id: string): boolean {
      if (seen.has(id)) return false;
      seen.add(id);
      for (const oldest of seen) {
        if (seen.size <= room) break;
        seen.delete(oldest);
      }
      return true;
    },
  };
}
