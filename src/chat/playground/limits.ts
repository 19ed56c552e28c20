/**
 * What one playground holds. No service stands behind it, so every limit is this house's own choice; the reason is
 * beside each.
 */
export const LIMITS = Object.freeze({
  /** Bytes of one file that comes in: what a register's spreadsheet never reaches. */
  uploadBytes: 20 * 1024 * 1024,
  /** Files that wait to be used; the oldest gives way. With `uploadBytes` this bounds the memory. */
  uploadsWaiting: 5,
  /** Bytes of one request that is no file: a form holds five fields of 3,000 characters, in UTF-8 and JSON. */
  requestBytes: 256 * 1024,
  /** Characters of a line typed; as long as Discord's message for its premium users. */
  lineCharacters: 4000,
  /** Characters of one rendered message as JSON; longer ones are split by `fit`. */
  messageCharacters: 60_000,
  /** Messages that the page loads at once. */
  messagesAtOnce: 100,
  /** Suggestions shown while typing; as many as Discord shows. */
  suggestions: 25,
  /** Milliseconds a suggestion may take; nobody waits longer for one, and the words can be typed. */
  completionMs: 2500,
  /** Pages that listen at once. */
  listeners: 40,
  /** Bytes that one slow listener may leave unread before it is let go; its page then loads afresh. */
  unreadBytes: 1024 * 1024,
  /** Milliseconds between two signs of life to each listener. */
  heartbeatMs: 15_000,
  /** Ports tried, from the one asked for upwards. */
  ports: 20,
  /** Days that the clock may be moved at once: a year of Mondays is enough for a demonstration. */
  clockDays: 366,
});
