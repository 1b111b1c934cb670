// SPDX-License-Identifier: Apache-2.0
// node --import: the process kills itself before the step of TOUCHMARK_KILL_AT, counted from 1.
import { arm } from "./kills.ts";

let left = Number(process.env["TOUCHMARK_KILL_AT"]);
arm(() => {
  left--;
  if (left === 0) process.kill(process.pid, "SIGKILL");
});
