import type { Colors } from 'picocolors/types';
import { summaryLine } from './plain-progress';
import type { Output, Progress } from './progress';

const refreshMs = 250;

/** One live line per running scenario below the lines of those that have ended. */
export function liveProgress(output: Output, colors: Colors): Progress {
  const running = new Map<string, { readonly since: number; note: string }>();
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;

  const erase = () => (drawn > 0 ? `\x1b[${drawn}A\x1b[0J` : '');
  const lines = () =>
    [...running].map(([name, { since, note }]) => {
      const seconds = `${Math.floor((Date.now() - since) / 1000)}s`;
      const room = (output.columns ?? 80) - name.length - seconds.length - 6;
      return `${colors.cyan('▸')} ${name} ${colors.dim(seconds)}  ${colors.dim(note.slice(0, Math.max(0, room)))}\n`;
    });
  const draw = (above = '') => {
    const live = lines();
    output.write(`${erase()}${above}${live.join('')}`);
    drawn = live.length;
  };
  return {
    started(name) {
      running.set(name, { since: Date.now(), note: '' });
      timer ??= setInterval(draw, refreshMs);
      draw();
    },
    note(name, text) {
      const scenario = running.get(name);
      if (scenario && text !== '') scenario.note = text;
    },
    ended(record) {
      running.delete(record.name);
      draw(`${summaryLine(record, colors)}\n`);
      if (running.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
