// SPDX-License-Identifier: Apache-2.0

/** Questions under way at a time: one message to a node that takes several in one. */
const AT_A_TIME = 10;

/** Asks about each, ten at a time; answers in the order of the items. */
export async function several<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < items.length; at += AT_A_TIME)
    answers.push(...(await Promise.all(items.slice(at, at + AT_A_TIME).map(ask))));
  return answers;
}
