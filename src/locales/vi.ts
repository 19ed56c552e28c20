import type { Sentences } from './en.ts';

export const vi: Partial<Sentences> = {};
