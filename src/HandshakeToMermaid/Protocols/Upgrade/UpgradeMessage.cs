using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>A decoded unit of an upgrade exchange.</summary>
/// <param name="Turn">Its effect on the session.</param>
/// <param name="Title">The title of its arrow; empty or null if it is not drawn.</param>
/// <param name="Facts">What is worth saying about it. Never a user's name, a password or mail.</param>
internal readonly record struct UpgradeMessage(UpgradeTransition Turn, string? Title = null, params StepFact[] Facts);
