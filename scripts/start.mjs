// npm start: ready, then the server; arguments after `--` are passed on.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root, run } from './house.mjs'
import { ready } from './ready.mjs'

await run(() => {
  ready()
  const main = join(root, 'dist', 'src', 'main.js')
  const args = ['--enable-source-maps', main, 'serve', ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  // the terminal sends Ctrl-C to both; a supervisor's signals reach only us
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1
  })
})
