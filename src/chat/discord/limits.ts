/**
 * What Discord accepts, each limit with its source: the page of Discord's developer reference
 * (docs.discord.com/developers/…) that states it. A limit has no other home.
 */
export const LIMITS = Object.freeze({
  /** components/reference, "Legacy message component behavior / IsComponentsV2": components of a message in total, nested ones too. */
  components: 40,
  /** components/reference#text-display: characters over all text displays of a message. */
  text: 4000,
  /** components/reference#action-row: buttons in a row. */
  buttonsInRow: 5,
  /** components/reference#button: label. */
  buttonLabel: 80,
  /** components/reference#anatomy-of-a-component: custom_id, unique in its message. */
  customId: 100,
  /** components/reference#string-select: options; label, value and description of one. */
  selectOptions: 25,
  selectText: 100,
  /** components/reference#string-select: placeholder. */
  selectPlaceholder: 150,
  /** interactions/receiving-and-responding#modal: title, top-level components. */
  modalTitle: 45,
  modalComponents: 5,
  /** components/reference#label: label and description. */
  labelText: 45,
  labelDescription: 100,
  /** components/reference#text-input: value; placeholder. */
  inputValue: 4000,
  inputPlaceholder: 100,
  /** interactions/application-commands#application-command-object. */
  commandName: 32,
  commandDescription: 100,
  commandOptions: 25,
  commandChoices: 25,
  choiceName: 100,
  choiceValue: 100,
  /** interactions/application-commands: name, description and values of one command together, the longest localisation counted. */
  commandCharacters: 8000,
  /** interactions/application-commands: chat-input commands of a scope. */
  commands: 100,
  /** interactions/application-commands#application-command-option-structure: max_length of a string option. */
  optionLength: 6000,
  /** interactions/receiving-and-responding: choices of one autocomplete answer. */
  completions: 25,
  /** resources/message#create-message: files of a message, nonce. */
  files: 10,
  nonce: 25,
  /** reference#uploading-files: bytes of one file without a boosted guild, bytes of a request. */
  fileBytes: 10 * 1024 * 1024,
  requestBytes: 25 * 1024 * 1024,
  /** resources/message#allowed-mentions-object: users. */
  mentions: 100,
  /** resources/channel#channel-object: name and topic. */
  channelName: 100,
  channelTopic: 1024,
  /** resources/channel#get-channel-messages: messages of one page. */
  page: 100,
  /** resources/message#create-message: `enforce_nonce` looks back "the past few minutes"; two are safely a few. */
  nonceMs: 2 * 60_000,
});
