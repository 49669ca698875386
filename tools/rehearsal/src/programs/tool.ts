import type { ToolEnd } from './run-tool';

/** Runs one of our built programs; `args` as a person would type them. */
export type Tool = (
  script: string,
  note: (text: string) => void,
  ...args: string[]
) => Promise<ToolEnd>;

/** The same, where any exit code but 0 is an error. */
export function succeeding(tool: Tool) {
  return async (...call: Parameters<Tool>): Promise<void> => {
    const { code, explanation } = await tool(...call);
    if (code !== 0) throw new Error(explanation);
  };
}
