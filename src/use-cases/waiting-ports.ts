/** A message to one person that waits for its time and was never tried. */
export interface Waiting {
  readonly id: number;
  readonly kind: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly officerId: number;
  readonly notBefore: string;
  readonly expiresAt: string | null;
}

export interface WaitingReads {
  /** What waits for a time after an instant: for everybody, or for one. */
  waitingDirect(after: string, officerId?: number): Promise<readonly Waiting[]>;
}

export interface WaitingWrites {
  /** It waits longer; what is tried meanwhile stays as it is. */
  putOff(id: number, notBefore: string, expiresAt: string | null): Promise<void>;
}
