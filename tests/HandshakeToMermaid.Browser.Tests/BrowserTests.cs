namespace HandshakeToMermaid.Browser.Tests;

/// <summary>All tests share one browser, and one after the other use its pages.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "browser";
}
