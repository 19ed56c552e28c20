import { requireCoordinator } from './guards.ts';
import type { House } from './house.ts';
import type { Actor } from './ports.ts';
import { tellCoordinators } from './tell.ts';

/** Tells the coordinators of an import made elsewhere (from a shell): what it would send, and the press that starts it. */
export async function tellImported(house: House, actor: Actor, importId: number): Promise<void> {
  requireCoordinator(actor);
  await house.store.write(actor, (writer) =>
    tellCoordinators(writer, house, { key: `import-applied:${importId}`, kind: 'import-applied', facts: { importId } }),
  );
}
