import pc from 'picocolors';
import type { Progress, StepRecord } from './step';

interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A log line now and then tells a CI reader that a long step is alive. */
const quietMs = 10_000;

/** One live line on a terminal, plain lines elsewhere. */
export function terminalProgress(stream: Terminal = process.stdout, isCi = !!process.env['CI']) {
  return stream.isTTY && !isCi ? liveProgress(stream) : plainProgress(stream);
}

function plainProgress(stream: Terminal): Progress {
  let lastNote = 0;
  return {
    started(step) {
      lastNote = Date.now();
      stream.write(`▸ ${step}\n`);
    },
    note(text) {
      if (Date.now() - lastNote < quietMs) return;
      lastNote = Date.now();
      stream.write(`    ${text}\n`);
    },
    ended: (record) => stream.write(`${summary(record)}\n`),
  };
}

function liveProgress(stream: Terminal): Progress {
  let step = '';
  let startedAt = 0;
  let note = '';
  let timer: NodeJS.Timeout | undefined;
  const clearLine = '\r\x1b[2K';
  const draw = () => {
    const seconds = Math.floor((Date.now() - startedAt) / 1000);
    const line = `${pc.cyan('▸')} ${step} ${pc.dim(`${seconds}s`)} ${pc.dim(note)}`;
    stream.write(`${clearLine}${line.slice(0, (stream.columns ?? 80) + 18)}`);
  };
  return {
    started(name) {
      [step, note, startedAt] = [name, '', Date.now()];
      timer = setInterval(draw, 250);
      draw();
    },
    note(text) {
      note = text;
    },
    ended(record) {
      clearInterval(timer);
      stream.write(`${clearLine}${summary(record)}\n`);
    },
  };
}

function summary({ name, ok, seconds, detail }: StepRecord): string {
  const mark = ok ? pc.green('✓') : pc.red('✗');
  return `${mark} ${name} ${pc.dim(`${seconds.toFixed(1)}s`)}  ${detail}`;
}
