const dayMs = 86_400_000;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

/**
 * @param from YYYY-MM-DD
 * @returns e.g. "Mon 5 Jan" for the day `offset` days later; "Day 1" and so on if `from` is not a date
 */
export function dayName(from: string, offset: number): string {
  const day = new Date(Date.parse(`${from}T00:00:00Z`) + offset * dayMs);
  const weekday = weekdays[day.getUTCDay()];
  const month = months[day.getUTCMonth()];
  return weekday === undefined || month === undefined
    ? `Day ${offset + 1}`
    : `${weekday} ${day.getUTCDate()} ${month}`;
}

/** @returns HH:MM of a minute of the recording */
export function clockTime(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60) % 24)}:${two(Math.floor(minute) % 60)}`;
}
