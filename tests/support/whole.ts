/** A whole number that a command was given for an option; where it is none, says so and ends the process with 1. */
export function whole(name: string, text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= 0) return number;
  console.error(`--${name} must be a whole number, not '${text}'`);
  process.exit(1);
}
