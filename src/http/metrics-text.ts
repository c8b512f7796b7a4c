// Counters, gauges and histograms as Prometheus reads them (text format 0.0.4). Labels come from closed sets: routes, codes,
// ledgers, jobs. Nothing of a person stands in one.
type Labels = Readonly<Record<string, string>>

export interface Sample {
  readonly labels?: Labels
  readonly value: number
}

interface Family {
  readonly text: () => string | Promise<string>
}

const escaped = (value: string): string =>
  value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)

function line(name: string, labels: Labels, value: number): string {
  const inside = Object.entries(labels)
    .map(([label, given]) => `${label}="${escaped(given)}"`)
    .join(',')
  return `${name}${inside === '' ? '' : `{${inside}}`} ${value}\n`
}

const heading = (name: string, help: string, type: string): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`

/** One series a set of labels. */
class Series<T> {
  readonly #series = new Map<string, { readonly labels: Labels; readonly of: T }>()
  readonly #make: () => T

  constructor(make: () => T) {
    this.#make = make
  }

  at(labels: Labels): T {
    const key = JSON.stringify(labels)
    const known = this.#series.get(key)
    if (known !== undefined) return known.of
    const of = this.#make()
    this.#series.set(key, { labels, of })
    return of
  }

  all() {
    return this.#series.values()
  }
}

export type Count = (labels?: Labels) => void
export type Observe = (value: number, labels?: Labels) => void

export class Metrics {
  readonly #families: Family[] = []

  counter(name: string, help: string): Count {
    const series = new Series(() => ({ count: 0 }))
    this.#families.push({
      text: () =>
        heading(name, help, 'counter') +
        [...series.all()].map(({ labels, of }) => line(name, labels, of.count)).join(''),
    })
    return (labels = {}) => {
      series.at(labels).count += 1
    }
  }

  /** Read when somebody asks. */
  gauge(
    name: string,
    help: string,
    read: () => readonly Sample[] | Promise<readonly Sample[]>,
  ): void {
    this.#families.push({
      text: async () => {
        const samples = await read()
        const lines = samples.map(({ labels = {}, value }) => line(name, labels, value))
        return heading(name, help, 'gauge') + lines.join('')
      },
    })
  }

  /** `bounds` in rising order; what is above them all is counted too. */
  histogram(name: string, help: string, bounds: readonly number[]): Observe {
    const series = new Series(() => ({ counts: bounds.map(() => 0), count: 0, sum: 0 }))
    this.#families.push({
      text: () =>
        heading(name, help, 'histogram') +
        [...series.all()]
          .map(({ labels, of: { counts, count, sum } }) => {
            const buckets = bounds.map((le, i) =>
              line(`${name}_bucket`, { ...labels, le: String(le) }, counts[i] ?? 0),
            )
            const all = line(`${name}_bucket`, { ...labels, le: '+Inf' }, count)
            const ends = line(`${name}_sum`, labels, sum) + line(`${name}_count`, labels, count)
            return `${buckets.join('')}${all}${ends}`
          })
          .join(''),
    })
    return (value, labels = {}) => {
      const found = series.at(labels)
      found.count += 1
      found.sum += value
      // cumulative, as they are told
      for (const [i, bound] of bounds.entries())
        if (value <= bound) found.counts[i] = (found.counts[i] ?? 0) + 1
    }
  }

  async text(): Promise<string> {
    const texts = await Promise.all(this.#families.map(async ({ text }) => text()))
    return texts.join('')
  }
}
