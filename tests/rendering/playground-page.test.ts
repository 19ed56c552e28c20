import { describe, expect, test } from 'vitest';
import { typedCommands } from '../../src/chat/playground/register.ts';
import { createSample } from '../support/playground-sample.ts';

// The page's own modules are plain JavaScript; these two touch no browser.
const { standing, commandsFor, blanksFor, valuesFor } = await import(
  new URL('../../src/chat/playground/page/slash.js', import.meta.url).href
);
const { mergeMessages } = await import(new URL('../../src/chat/playground/page/store.js', import.meta.url).href);
const commands = typedCommands(createSample().inbound.commands, 'en');

describe('what the composer offers', () => {
  test('commands, those that begin with what was typed first', () => {
    expect(commandsFor('re', commands).map(({ label }: { label: string }) => label)).toEqual([
      '/register import',
      '/commitment register',
      '/obstacle report',
    ]);
    expect(standing('/comm', commands)).toEqual({ at: 'command', typed: 'comm' });
    expect(standing('hello', commands)).toEqual({ at: 'none' });
  });

  test('a blank by its place', () => {
    const place = standing('/obstacle report C-1', commands);
    expect(place).toMatchObject({ at: 'value', option: { name: 'commitment' }, typed: 'C-1' });
    expect(valuesFor(place, [{ value: 'C-142', label: 'C-142 Grid' }])).toEqual([
      { insert: '/obstacle report C-142 ', label: 'C-142 Grid', detail: '' },
    ]);
  });

  test('a blank by its name, quoted where it holds a space', () => {
    const place = standing('/commitment register agency:"Lào C', commands);
    expect(place).toMatchObject({ at: 'value', option: { name: 'agency' }, typed: 'Lào C' });
    expect(valuesFor(place, [{ value: 'Lào Cai', label: 'Lào Cai' }])[0].insert).toBe(
      '/commitment register agency:"Lào Cai" ',
    );
  });

  test('the blanks that are not yet filled', () => {
    const place = standing('/commitment register agency:"Lào Cai" ', commands);
    expect(blanksFor(place).map(({ label }: { label: string }) => label)).toEqual(['title:', 'kind:', 'due:', 'note:']);
  });
});

test('a later edit wins, whichever arrives first', () => {
  const message = (id: string, order: number, edits: number) => ({ id, order, edits });
  expect(mergeMessages([message('a', 1, 2)], [message('b', 2, 0), message('a', 1, 1)])).toEqual([
    message('a', 1, 2),
    message('b', 2, 0),
  ]);
});
