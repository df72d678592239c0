/** Ends a `switch` over a union: the compiler proves that nothing is left, and a defect throws. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
}
