import type { Account } from '../interaction.ts';
import { RequestError } from './errors.ts';

/** Somebody whom a visitor of the page can be. The first of the list is the coordinator. */
export interface PlaygroundPerson {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly role: string;
  readonly agency: string;
  readonly lang: string;
}

export interface People {
  all(): Promise<readonly PlaygroundPerson[]>;
  find(id: string): Promise<PlaygroundPerson | null>;
  /** The person, or the first of all where none is named; throws a RequestError where there is no such person. */
  be(id: string | null): Promise<PlaygroundPerson>;
}

/** Reads the people from whoever keeps them, afresh each time: an import may just have added some. */
export function createPeople(read: () => Promise<readonly PlaygroundPerson[]>): People {
  const find = async (id: string) => (await read()).find((person) => person.id === id) ?? null;
  return {
    all: read,
    find,
    async be(id) {
      const person = id === null ? (await read())[0] : await find(id);
      if (!person) throw new RequestError(404, 'unknown-person');
      return person;
    },
  };
}

export const accountOf = (person: PlaygroundPerson): Account => ({
  platform: 'playground',
  id: person.id,
  name: person.name,
  ...(person.email === undefined ? {} : { email: person.email }),
  locale: person.lang,
});
