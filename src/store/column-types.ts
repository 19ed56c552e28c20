import pg from 'pg';

/**
 * Days stay the strings they are, instants become ISO 8601 in UTC, 64-bit ids become numbers (they stay below 2^53).
 * For the whole process: both databases speak through this one driver.
 */
export function setColumnTypes(): void {
  const { builtins } = pg.types;
  pg.types.setTypeParser(builtins.DATE, (text) => text);
  pg.types.setTypeParser(builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString());
  pg.types.setTypeParser(builtins.INT8, Number);
}
