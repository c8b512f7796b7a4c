// machine: the law as it is, drawn from the machine itself.
import { machineOf, machines, mermaidOf } from '../app/machines.ts'
import { fault } from './faults.ts'
import type { Session } from './session.ts'

export interface MachineOptions {
  readonly format: string
}

export async function machine(
  session: Session,
  name: string,
  { format }: MachineOptions,
): Promise<void> {
  const drawn = machineOf(name)
  if (drawn === undefined) {
    const expected = machines.join(' | ')
    throw fault('valueMalformed', { option: 'NAME', found: name, expected })
  }
  if (format !== 'mermaid' && format !== 'json') {
    throw fault('valueMalformed', { option: '--format', found: format, expected: 'mermaid | json' })
  }
  const text = mermaidOf(name, session.language) ?? ''
  if (format === 'json') session.print(drawn, () => [JSON.stringify(drawn, undefined, 2)])
  else session.print({ name, mermaid: text }, () => [text.trimEnd()])
}
