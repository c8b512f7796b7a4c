// What happened, line by line: when, who, what.
import type { Told } from '../app/sentences.ts'
import { pad, width } from './width.ts'

/** What follows from an act by itself stands indented under it. */
export function trailLines(trail: readonly Told[]): readonly string[] {
  const places = trail.map(({ seq }) => `#${seq}`)
  const widest = Math.max(0, ...places.map(width))
  return trail.map(({ at, who, what }, place) => {
    const number = pad(places[place] ?? '', widest, 'right')
    return who === undefined ? `${number}  ${at}    ${what}` : `${number}  ${at}  ${who} ${what}`
  })
}
