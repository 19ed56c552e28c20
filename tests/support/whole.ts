/** A whole number that a command was given for an option; throws, naming the option, where it is none. */
export function whole(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} must be a whole number, not '${text}'`);
  return number;
}
