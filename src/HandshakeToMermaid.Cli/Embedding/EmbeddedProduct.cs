namespace HandshakeToMermaid.Cli.Embedding;

/// <summary>What is to stand between two markers.</summary>
/// <param name="Texts">The product; more than one where a diagram had to be split.</param>
/// <param name="Language">The language of its fence; null where it needs none.</param>
/// <param name="Fence">What begins the fence on the page that it is meant for.</param>
/// <param name="Remarks">What the user should know, a sentence each.</param>
/// <param name="Damages">What could not be read of the input.</param>
internal sealed record EmbeddedProduct(IReadOnlyList<string> Texts, string? Language, string Fence, IReadOnlyList<string> Remarks, IReadOnlyList<string> Damages);
