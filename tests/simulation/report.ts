import type { Outcome } from './simulate.ts';

/** What `--json` says in its last line. */
export interface Report {
  readonly seeds: number;
  readonly from: number;
  readonly seconds: number;
  readonly failures: readonly { readonly seed: number; readonly invariant: string; readonly text: string }[];
  readonly delivered: number;
  readonly expired: number;
  readonly refused: number;
  readonly inDoubt: number;
  /** How often each kind of fault struck. */
  readonly faults: Readonly<Record<string, number>>;
}

/** The worlds of a run, added up; whichever bot lived through them first. */
export function reportOf(outcomes: readonly Outcome[], from: number, seconds: number): Report {
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, each) => total + of(each), 0);
  const faults = new Map<string, number>();
  for (const outcome of outcomes)
    for (const [kind, count] of Object.entries(outcome.faults)) faults.set(kind, (faults.get(kind) ?? 0) + count);
  return {
    seeds: outcomes.length,
    from,
    seconds: Math.round(seconds * 10) / 10,
    failures: outcomes
      .toSorted((a, b) => a.seed - b.seed)
      .flatMap(({ seed, violations }) => violations.map(({ invariant, text }) => ({ seed, invariant, text }))),
    delivered: sum((each) => each.tally.delivered),
    expired: sum((each) => each.tally.expired),
    refused: sum((each) => each.tally.refused),
    inDoubt: sum((each) => each.tally.inDoubt),
    faults: Object.fromEntries([...faults].toSorted(([a], [b]) => a.localeCompare(b))),
  };
}

/** How many worlds broke a promise. */
export const failingOf = (report: Report): number => new Set(report.failures.map((each) => each.seed)).size;

/** The same for a person. */
export function readable(report: Report): string {
  const faults = Object.entries(report.faults).map(([kind, count]) => `${kind} ${count}`);
  return [
    `${report.seeds} worlds in ${report.seconds} s, ${failingOf(report)} of them with something that must not be.`,
    `Delivered ${report.delivered}, expired ${report.expired}, refused ${report.refused}, in doubt ${report.inDoubt}.`,
    `Faults: ${faults.join(', ')}.`,
  ].join('\n');
}
