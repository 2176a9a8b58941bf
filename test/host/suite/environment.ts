/** The environment variables through which the launcher talks to the suite in the extension host. */

/** The file to which the suite writes its summary. */
export const summaryVariable = 'KAFKA_DUMP_COMPARE_TEST_SUMMARY';
/** Only tests whose title matches this pattern run, if it is set. */
export const grepVariable = 'KAFKA_DUMP_COMPARE_TEST_GREP';
