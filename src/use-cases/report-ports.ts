import type { ProgressView } from './views.ts';

/** What officers reported, and what became of it. */
export interface ReportReads {
  /**
   * The newest reports on a commitment, newest first. One that waits or was sent back is shown to its agency, to
   * whoever may approve it, and to coordinators; to everybody else it has not been said.
   */
  progress(commitmentId: number, limit: number): Promise<readonly ProgressView[]>;
  /** Those of these numbers, for whoever is asked about them. */
  reportsByIds(ids: readonly number[]): Promise<readonly ProgressView[]>;
  /** Reports that wait for an approver, oldest first; of all commitments or of these. */
  waitingReports(commitmentIds?: readonly number[]): Promise<readonly ProgressView[]>;
  /** Reports that were sent back and on whose commitment nothing was reported since; of all or of these. */
  returnedReports(commitmentIds?: readonly number[]): Promise<readonly ProgressView[]>;
  /** When each of these was last spoken of, up to an instant; those of which nothing was said are left out. */
  lastWords(
    commitmentIds: readonly number[],
    until: string,
  ): Promise<readonly { readonly commitmentId: number; readonly at: string }[]>;
  /** The agencies whose reports count only once approved. */
  approvingAgencies(): Promise<readonly number[]>;
}

export interface NewReport {
  readonly commitmentId: number;
  readonly officerId: number;
  readonly at: string;
  readonly text: string;
  readonly expected: string | null;
  readonly claimsDone: boolean;
  /** Where it waits: who was asked to approve it, null for the coordinators. It counts where nobody is asked. */
  readonly waits?: { readonly askedId: number | null };
}

export interface ReportWrites {
  /** Their numbers, in order. */
  addProgress(...rows: readonly NewReport[]): Promise<readonly number[]>;
  /** Throws UserError 'report-decided' where it waits no more. */
  decideReport(
    id: number,
    decision: { readonly approved: boolean; readonly why: string | null; readonly at: string },
  ): Promise<ProgressView>;
  setApproves(agencyId: number, approves: boolean): Promise<void>;
}
