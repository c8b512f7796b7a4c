// npm start: ready, then the demonstration; arguments after `--` are passed on.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root, run } from './house.mjs'
import { ready } from './ready.mjs'

await run(() => {
  ready()
  const main = join(root, 'dist', 'src', 'main.js')
  const args = ['--enable-source-maps', main, 'demo', ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  // the terminal sends Ctrl-C to both; a supervisor's TERM reaches only us
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1
  })
})
