/*
 * A PKCS#11 module that misbehaves on demand: it passes every call on to a real module (SHIM_MODULE) but for what
 * SHIM_MODE says. Tests build it to see what the card host makes of bad modules, PIN pads and cards that lock.
 */
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CK_PTR *
#define CK_DECLARE_FUNCTION(returnType, name) returnType name
#define CK_DECLARE_FUNCTION_POINTER(returnType, name) returnType(*name)
#define CK_CALLBACK_FUNCTION(returnType, name) returnType(*name)
#ifndef NULL_PTR
#define NULL_PTR 0
#endif
#include "pkcs11.h"

static CK_FUNCTION_LIST own;
static CK_FUNCTION_LIST_PTR real;

/* How many wrong PINs there were, kept in the file SHIM_COUNTER: a card remembers, whatever becomes of the module. */
static int failures(int more) {
  int count = 0;
  FILE *file = fopen(getenv("SHIM_COUNTER"), "r");
  if (file != NULL) {
    if (fscanf(file, "%d", &count) != 1) count = 0;
    fclose(file);
  }
  if (more == 0) return count;
  file = fopen(getenv("SHIM_COUNTER"), "w");
  fprintf(file, "%d", count + more);
  fclose(file);
  return count + more;
}

static int mode(const char *name) {
  const char *wanted = getenv("SHIM_MODE");
  return wanted != NULL && strcmp(wanted, name) == 0;
}

static CK_RV initialize(CK_VOID_PTR arguments) {
  if (mode("crash")) raise(SIGSEGV);
  if (mode("exit")) exit(0);
  if (mode("hang")) for (;;) pause();
  if (mode("refuse")) return CKR_DEVICE_ERROR;
  return real->C_Initialize(arguments);
}

static CK_RV tokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  CK_RV result = real->C_GetTokenInfo(slot, info);
  if (result != CKR_OK) return result;
  if (mode("pin-pad")) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  if (mode("not-activated")) info->flags &= ~CKF_USER_PIN_INITIALIZED;
  if (mode("locking")) {
    info->ulMaxPinLen = 8;
    info->flags &= ~CKF_USER_PIN_COUNT_LOW;
    if (failures(0) == 2) info->flags |= CKF_USER_PIN_FINAL_TRY;
    if (failures(0) >= 3) info->flags |= CKF_USER_PIN_LOCKED;
  }
  return result;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  if (mode("pin-pad")) {
    const char *typed = getenv("SHIM_TYPED");
    if (pin != NULL_PTR) return CKR_ARGUMENTS_BAD;
    if (typed == NULL) return CKR_FUNCTION_CANCELED;
    return real->C_Login(session, user, (CK_UTF8CHAR_PTR)typed, strlen(typed));
  }
  if (mode("locking")) {
    CK_RV result = failures(0) >= 3 ? CKR_PIN_LOCKED : real->C_Login(session, user, pin, length);
    if (result == CKR_PIN_INCORRECT) failures(1);
    return result;
  }
  if (mode("data-invalid")) return CKR_DATA_INVALID;
  if (mode("hang-at-login")) for (;;) pause();
  return real->C_Login(session, user, pin, length);
}

static CK_RV mechanismList(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count) {
  static const CK_MECHANISM_TYPE plain[] = {CKM_RSA_PKCS, CKM_RSA_PKCS_PSS, CKM_ECDSA};
  if (!mode("plain-mechanisms")) return real->C_GetMechanismList(slot, list, count);
  if (list != NULL_PTR) memcpy(list, plain, sizeof plain);
  *count = sizeof plain / sizeof plain[0];
  return CKR_OK;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature,
                  CK_ULONG_PTR signatureLength) {
  if (mode("removed-at-sign")) return CKR_DEVICE_REMOVED;
  if (mode("crash-at-sign")) raise(SIGSEGV);
  return real->C_Sign(session, data, length, signature, signatureLength);
}

/* Two certificates that share no CKA_ID with their keys: only the modulus or the point tells which is whose. */
static CK_RV attributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR attributes,
                            CK_ULONG count) {
  CK_OBJECT_CLASS class = 0;
  CK_ATTRIBUTE asked = {CKA_CLASS, &class, sizeof class};
  CK_RV result = real->C_GetAttributeValue(session, object, attributes, count);
  if (!mode("strange-ids") || count != 1 || attributes[0].type != CKA_ID || attributes[0].pValue == NULL_PTR) return result;
  if (real->C_GetAttributeValue(session, object, &asked, 1) == CKR_OK && class == CKO_CERTIFICATE)
    memset(attributes[0].pValue, 0x55, attributes[0].ulValueLen);
  return result;
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  CK_RV (*get)(CK_FUNCTION_LIST_PTR_PTR);
  void *library = dlopen(getenv("SHIM_MODULE"), RTLD_NOW | RTLD_LOCAL);
  if (mode("no-list")) { *list = NULL_PTR; return CKR_OK; }
  if (library == NULL) return CKR_GENERAL_ERROR;
  *(void **)&get = dlsym(library, "C_GetFunctionList");
  if (get == NULL || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
  own = *real;
  own.C_Initialize = initialize;
  own.C_GetTokenInfo = tokenInfo;
  own.C_Login = login;
  own.C_GetMechanismList = mechanismList;
  own.C_Sign = sign;
  own.C_GetAttributeValue = attributeValue;
  *list = &own;
  return CKR_OK;
}
