import type { MilestoneView } from './views.ts';

export interface MilestoneReads {
  milestones(commitmentIds: readonly number[]): Promise<readonly (MilestoneView & { readonly commitmentId: number })[]>;
}

export interface MilestoneWrites {
  /** Throws where there is none of this position. */
  changeMilestone(
    commitmentId: number,
    position: number,
    patch: Partial<Pick<MilestoneView, 'title' | 'due' | 'doneOn'>>,
    change: string,
  ): Promise<void>;
  addMilestones(rows: readonly (Omit<MilestoneView, 'position'> & { readonly commitmentId: number })[]): Promise<void>;
}
