/** What was refused for good, as far as the rule needs to know it. */
export interface Refused {
  /** Where it was to be said. */
  readonly place: 'coordination' | 'agency' | 'direct' | 'group';
  readonly verb: 'post' | 'edit' | 'open' | 'invite' | 'archive';
  readonly kind: string;
  /** The platform's reason, in the house's word. */
  readonly why: string;
  readonly agencyHasChannel: boolean;
  /** Whether somebody of the same agency who is in stands in for its person, and can be written to. */
  readonly hasStandIn: boolean;
  /** It is itself what was said instead of another. */
  readonly isInstead: boolean;
}

/** Messages about an agency's own work: whoever sits in its channel, or belongs to it, may read and answer them. */
const OF_THE_AGENCY = new Set(['reminder', 'assigned', 'handed-back', 'report-decided']);
/** Reasons that lie in the message or in us: elsewhere it would fare no better. */
const NOT_THE_PERSON = new Set(['invalid', 'fault']);

/**
 * What is done instead of what a platform refused for good. A message to one person about one agency's work is said
 * in that agency's channel, by their name, and where it has none to their stand-in; whatever else did not arrive is told
 * to the coordinators; the telling itself, to each of them directly; and where that is refused too, it stands in the
 * list of what did not arrive.
 */
export function otherwise(
  refused: Refused,
): 'agency-channel' | 'stand-in' | 'coordinators' | 'each-coordinator' | 'nobody' {
  // What stands already keeps standing as it was.
  if (refused.verb === 'edit') return 'nobody';
  if (refused.kind === 'undelivered') return refused.place === 'direct' ? 'nobody' : 'each-coordinator';
  const personal = refused.place === 'direct' && refused.verb === 'post' && OF_THE_AGENCY.has(refused.kind);
  if (!personal || refused.isInstead || NOT_THE_PERSON.has(refused.why)) return 'coordinators';
  if (refused.agencyHasChannel) return 'agency-channel';
  return refused.hasStandIn ? 'stand-in' : 'coordinators';
}
