import type { AnalysisHint } from '@clarity/domain';

/** Hours of sleep a day that the panel finds appropriate for adults of any age. */
const fewestHours = 5;
const mostHours = 11;
const dayMinutes = 1_440;

/**
 * What a person should check before using these findings.
 *
 * Sleep: less than 5 or more than 11 hours a day more often come from a wrong `coleKripkeDivisor` than from a person.
 *
 * Source: Hirshkowitz et al., Sleep Health 2015;1:40, doi:10.1016/j.sleh.2014.12.010.
 * @param sleepMinutes of the measured ones, after Webster's rules; undefined without sleep scoring
 * @param measuredMinutes in which the device was worn; less than a day allows no hint
 */
export function plausibilityHints(
  sleepMinutes: number | undefined,
  measuredMinutes: number,
): AnalysisHint[] {
  if (sleepMinutes === undefined || measuredMinutes < dayMinutes) return [];
  const hours = (24 * sleepMinutes) / measuredMinutes;
  if (hours >= fewestHours && hours <= mostHours) return [];
  return [
    {
      code: 'implausible-sleep',
      detail: `${hours.toFixed(1)} hours of sleep a day: does coleKripkeDivisor fit the device?`,
    },
  ];
}
