// @ts-check
const token = document.querySelector('meta[name="accord-token"]')?.getAttribute('content') ?? '';

/** A request that was refused: its code names the words. */
export class Refused extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** @param {Response} response */
async function answerOf(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? 'failed');
  return body;
}

/**
 * @param {string} name
 * @param {Record<string, string>} query
 */
export const read = async (name, query) => answerOf(await fetch(`/api/${name}?${new URLSearchParams(query)}`));

/**
 * @param {string} name
 * @param {object} body
 */
export const send = async (name, body) =>
  answerOf(
    await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-accord-token': token },
      body: JSON.stringify(body),
    }),
  );

/** @param {File} file */
export const upload = async (file) =>
  answerOf(
    await fetch(`/api/upload?${new URLSearchParams({ name: file.name })}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-accord-token': token },
      body: file,
    }),
  );

/** @param {string} person @param {string} message @param {number} index */
export const fileUrl = (person, message, index) =>
  `/api/file?${new URLSearchParams({ as: person, message, index: String(index) })}`;
