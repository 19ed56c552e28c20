/** An answer that is no: HTTP status, Discord's code and message, and where in the body it is wrong. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: object | undefined;
  constructor(status: number, code: number, message: string, errors?: object) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export const NO = {
  unknownChannel: () => new ApiError(404, 10003, 'Unknown Channel'),
  unknownMember: () => new ApiError(404, 10007, 'Unknown Member'),
  unknownMessage: () => new ApiError(404, 10008, 'Unknown Message'),
  unknownOverwrite: () => new ApiError(404, 10009, 'Unknown permission overwrite'),
  unknownUser: () => new ApiError(404, 10013, 'Unknown User'),
  unknownWebhook: () => new ApiError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new ApiError(404, 10062, 'Unknown interaction'),
  acknowledged: () => new ApiError(400, 40060, 'Interaction has already been acknowledged.'),
  expired: () => new ApiError(401, 50027, 'Invalid Webhook Token'),
  empty: () => new ApiError(400, 50006, 'Cannot send an empty message'),
  archived: () =>
    new ApiError(
      400,
      50083,
      'Tried to perform an operation on an archived thread, such as editing a message or adding a user to the thread',
    ),
  threadFull: () => new ApiError(400, 30033, 'Maximum number of thread participants reached (1000)'),
  dailyCommands: () =>
    new ApiError(400, 30034, 'Maximum number of daily application command creates has been reached (200)'),
  unknownCommand: () => new ApiError(404, 10063, 'Unknown application command'),
  notYourApplication: () =>
    new ApiError(403, 20012, 'You are not authorized to perform this action on this application'),
  notHere: () => new ApiError(400, 50024, 'Cannot execute action on this channel type'),
  notOurs: () => new ApiError(403, 50005, 'Cannot edit a message authored by another user'),
  closed: () => new ApiError(403, 50007, 'Cannot send messages to this user'),
  stranger: () => new ApiError(403, 50278, 'Cannot send messages to this user due to having no mutual guilds'),
  access: () => new ApiError(403, 50001, 'Missing Access'),
  permission: () => new ApiError(403, 50013, 'Missing Permissions'),
  tooLarge: () => new ApiError(413, 40005, 'Request entity too large'),
  unauthorised: () => new ApiError(401, 0, '401: Unauthorized'),
  notFound: () => new ApiError(404, 0, '404: Not Found'),
  guildFull: () => new ApiError(400, 30013, 'Maximum number of guild channels reached (500)'),
};

/** What is wrong with a body, collected by its path as Discord nests it. */
export class Problems {
  readonly found: { path: readonly (string | number)[]; code: string; message: string }[] = [];

  add(path: readonly (string | number)[], code: string, message: string): void {
    this.found.push({ path, code, message });
  }

  length(path: readonly (string | number)[], value: unknown, min: number, max: number): void {
    if (value === undefined || value === null) {
      if (min > 0) this.add(path, 'BASE_TYPE_REQUIRED', 'This field is required');
    } else if (typeof value !== 'string' && !Array.isArray(value)) {
      this.add(path, 'STRING_TYPE_CONVERT', `Could not interpret "${String(value)}" as string.`);
    } else if (value.length < min || value.length > max) {
      this.add(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    }
  }

  throwIfAny(): void {
    if (this.found.length === 0) return;
    const errors: Record<string, unknown> = {};
    for (const { path, code, message } of this.found) {
      let at: Record<string, unknown> = errors;
      for (const step of path) {
        const below = (at[String(step)] ?? {}) as Record<string, unknown>;
        at[String(step)] = below;
        at = below;
      }
      const list = (at._errors ?? []) as object[];
      at._errors = [...list, { code, message }];
    }
    throw new ApiError(400, 50035, 'Invalid Form Body', errors);
  }
}

export type Json = { readonly [key: string]: unknown };
export type Path = readonly (string | number)[];

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const jsonList = (value: unknown): Json[] => listOf(value).filter(isJson);
