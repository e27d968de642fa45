#!/usr/bin/env node
// The command line: finds the command, runs it, and turns what was thrown into words and an exit code.
import { Command, CommanderError } from 'commander'
import { addAvatars } from './avatars.ts'
import { addDoctor } from './doctor.ts'
import { addDub } from './dub.ts'
import { EXIT, reportError } from './exit.ts'
import { addGenerate } from './generate.ts'
import { addInspect } from './inspect.ts'
import { addKeys } from './keys.ts'
import { addRender } from './render.ts'
import { addServe } from './serve.ts'
import { VERSION } from './version.ts'
import { addVoices } from './voices.ts'
import { addWorker } from './worker.ts'

const program = new Command('rostrum')
  .description('Turns a script into a finished video of an avatar who speaks it, on this machine.')
  .version(VERSION, '-V, --version', 'print the version')
  .helpOption('-h, --help', 'print what can be said')
  .showSuggestionAfterError()
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    `
Examples:
  rostrum serve                                     the API on http://127.0.0.1:8730
  rostrum render --avatar nora --script "Hello."    a video without any server
  rostrum generate --gender female                  four new faces, from words if you like
  rostrum voices --language german                  who speaks German
  rostrum doctor                                    what works on this machine, and how to mend the rest

Exit codes:
  0 done   1 something broke   2 the input cannot be used   3 no such avatar, voice, file or key   130 interrupted

Settings are environment variables: PORT, HOST, ROSTRUM_DATA, ROSTRUM_API_KEY ... (docs/settings.md).`,
  )

for (const add of [
  addServe,
  addWorker,
  addKeys,
  addRender,
  addDub,
  addAvatars,
  addGenerate,
  addVoices,
  addInspect,
  addDoctor,
])
  add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.invalid
  else process.exitCode = reportError(error, process.argv.includes('--json'))
}
