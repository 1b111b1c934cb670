// SPDX-License-Identifier: Apache-2.0
import type { Io } from "../../host/src/cli/io.ts";

/** Nobody at the terminal: yes to all, one passphrase for all, and nothing kept of what is said. */
export const quietIo = (passphrase: string): Io => ({
  say: () => undefined,
  line: () => undefined,
  progress: () => undefined,
  tell: () => undefined,
  confirm: async () => true,
  question: async () => "",
  passphrase: async () => passphrase,
});
