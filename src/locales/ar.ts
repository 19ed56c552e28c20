import type { Sentences } from './en.ts';

export const ar: Partial<Sentences> = {};
