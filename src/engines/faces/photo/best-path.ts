// The path through a band of candidates that costs least: how contours are drawn to what the picture shows.

/**
 * Chooses one candidate a column so that the sum of their costs and of the steps between neighbours is least.
 *
 * @param cost of a column's candidate. @param stepCost of going `steps` candidates up or down to the next column.
 */
export function bestPath(
  columns: number,
  candidates: number,
  cost: (column: number, candidate: number) => number,
  stepCost: (steps: number) => number,
): number[] {
  const total = new Float64Array(columns * candidates)
  const from = new Int32Array(columns * candidates)
  for (let column = 0; column < columns; column++) {
    for (let candidate = 0; candidate < candidates; candidate++) {
      let least = column ? Number.POSITIVE_INFINITY : 0
      for (let before = 0; column && before < candidates; before++) {
        const sum = total[(column - 1) * candidates + before]! + stepCost(Math.abs(before - candidate))
        if (sum >= least) continue
        least = sum
        from[column * candidates + candidate] = before
      }
      total[column * candidates + candidate] = least + cost(column, candidate)
    }
  }
  const last = total.subarray((columns - 1) * candidates)
  let at = last.indexOf(Math.min(...last))
  const path: number[] = []
  for (let column = columns - 1; column >= 0; column--) {
    path[column] = at
    at = from[column * candidates + at]!
  }
  return path
}
