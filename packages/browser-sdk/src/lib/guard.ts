/** The value of `use`, or undefined where it throws. */
export const guard = <T>(use: () => T): T | undefined => {
  try {
    return use();
  } catch {
    return;
  }
};
