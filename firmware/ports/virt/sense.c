// SPDX-License-Identifier: Apache-2.0
// The emulated unit's button and ignition are fw_cfg files, given on QEMU's command line:
//   -fw_cfg name=opt/touchmark/present,string=0   nobody is at the unit      (default 1)
//   -fw_cfg name=opt/touchmark/moving,string=1    the vehicle moves          (default 0)
#include <string.h>

#include "port.h"
#include "registers.h"

#define FW_CFG_DATA (VIRT_FW_CFG + 0u)
#define FW_CFG_SELECTOR (VIRT_FW_CFG + 8u)
#define FW_CFG_DIRECTORY 0x19u
#define FW_CFG_NAME_SIZE 56u
#define FW_CFG_FILES_LIMIT 64u

// The selector register is big-endian.
static void select(uint32_t key) {
    *(volatile uint16_t *)(uintptr_t)FW_CFG_SELECTOR = (uint16_t)((key & 0xffu) << 8 | key >> 8);
}

static uint32_t take(unsigned bytes) {
    uint32_t value = 0;
    while (bytes-- > 0) value = value << 8 | *virt_byte(FW_CFG_DATA);
    return value;
}

static bool flag(const char *name, bool absent) {
    select(FW_CFG_DIRECTORY);
    uint32_t count = take(4);
    if (count > FW_CFG_FILES_LIMIT) return absent;
    for (uint32_t i = 0; i < count; i++) {
        (void)take(4);
        uint32_t key = take(2);
        (void)take(2);
        char file[FW_CFG_NAME_SIZE];
        for (size_t j = 0; j < sizeof file; j++) file[j] = (char)take(1);
        if (strncmp(file, name, sizeof file) != 0) continue;
        select(key);
        return take(1) == '1';
    }
    return absent;
}

bool port_present(void) { return flag("opt/touchmark/present", true); }
bool port_safe_to_reboot(void) { return !flag("opt/touchmark/moving", false); }
