// SPDX-License-Identifier: Apache-2.0
// What is left when no slot may start: the image of a slot whose head is whole can be sent again over SMP. Only the head
// decides (on a locked unit by its receipt and signature), so recovery opens no way that boot does not have.
#ifndef TM_RECOVERY_H
#define TM_RECOVERY_H

_Noreturn void tm_recovery(void);

#endif
