/** Does something after so many milliseconds; calling what it returns calls it off. */
export type Wake = (milliseconds: number, work: () => void) => () => void;

/** The machine's own timer, which keeps no process alive. */
export const wakeByTimer: Wake = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
};
