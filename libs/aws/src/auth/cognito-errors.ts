import type { ErrorMeanings } from '../connection/aws-errors';

/**
 * What Cognito's errors mean to a person. No one may learn from an answer whether an account
 * exists: what would tell has the meaning of its neighbour that does not.
 */
const tooMany = ['too-many-requests', 'Too many attempts; try again later.'] as const;
const wrongCode = ['invalid-input', 'The code is wrong or has expired.', '/code'] as const;
const wrongCredentials = ['unauthenticated', 'The mail address or the password is wrong.'] as const;
const weakPassword = [
  'invalid-input',
  'The password does not meet the policy.',
  '/password',
] as const;
const wrongRefreshToken = ['unauthenticated', 'The refresh token is not valid.'] as const;

const throttling: ErrorMeanings = {
  TooManyRequestsException: tooMany,
  LimitExceededException: tooMany,
  TooManyFailedAttemptsException: tooMany,
  ThrottlingException: tooMany,
};

export const registerErrors: ErrorMeanings = {
  ...throttling,
  InvalidPasswordException: weakPassword,
  InvalidParameterException: ['invalid-input', 'The mail address or the password is malformed.'],
};

export const confirmErrors: ErrorMeanings = {
  ...throttling,
  CodeMismatchException: wrongCode,
  ExpiredCodeException: wrongCode,
  UserNotFoundException: wrongCode,
  NotAuthorizedException: wrongCode,
  AliasExistsException: wrongCode,
  InvalidParameterException: wrongCode,
};

export const loginErrors: ErrorMeanings = {
  ...throttling,
  NotAuthorizedException: wrongCredentials,
  UserNotFoundException: wrongCredentials,
  InvalidParameterException: wrongCredentials,
  PasswordResetRequiredException: wrongCredentials,
  UserNotConfirmedException: ['unconfirmed', 'The mail address is not confirmed yet.'],
};

export const refreshErrors: ErrorMeanings = {
  ...throttling,
  NotAuthorizedException: wrongRefreshToken,
  UserNotFoundException: wrongRefreshToken,
  InvalidParameterException: wrongRefreshToken,
};
