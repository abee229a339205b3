using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>What a unit of a prelude says.</summary>
/// <param name="Turn">What it does to the conversation.</param>
/// <param name="Title">What its arrow is named; empty or null where it is not drawn.</param>
/// <param name="Facts">What is worth saying about it. Never a user's name, a password or mail.</param>
internal readonly record struct UpgradeMessage(UpgradeTransition Turn, string? Title = null, params StepFact[] Facts);
