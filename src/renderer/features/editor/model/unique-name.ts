/** A name that none of the others has: the name itself, or with a number behind it (`send_data 2`; `iot_id_2` where no space may be). */
export function uniqueName(name: string, others: readonly unknown[], separator: ' ' | '_' = ' '): string {
  if (!others.includes(name)) return name;
  const numbered = separator === ' ' ? /^(.*?) (\d+)$/s.exec(name) : /^(.*?)_(\d+)$/s.exec(name);
  const stem = numbered?.[1] ?? name;
  let number = numbered ? Number(numbered[2]) + 1 : 2;
  while (others.includes(`${stem}${separator}${number}`)) number++;
  return `${stem}${separator}${number}`;
}
