/** @param cpu CPU units (`1024`), or vCPUs (`1 vCPU`) @returns CPU units */
export const cpuUnits = (cpu: string): number => amount(cpu, /^([\d.]+) ?vcpu$/i);

/** @param memory MiB (`2048`), or GB (`2 GB`) @returns MiB */
export const mebibytes = (memory: string): number => amount(memory, /^([\d.]+) ?gb$/i);

/** A number of units, or of 1024 of them if it is written with the larger unit. */
function amount(text: string, inLargerUnit: RegExp): number {
  const large = inLargerUnit.exec(text.trim())?.[1];
  return large === undefined ? Number(text) : Number(large) * 1024;
}
