namespace HandshakeToMermaid.Tests;

/// <summary>What programs are compiled against: a change of it is a decision, and shows as a change of <c>PublicApi.verified.txt</c>.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_is_what_was_decided() =>
        Golden.Verify(ApiText.Of(Facade.Types), Checkout.PathOf("tests", "HandshakeToMermaid.Library.Tests", "PublicApi.verified.txt"));

    [Fact]
    public void Nothing_else_is_public()
    {
        Assert.Equal(Facade.Types.Select(t => t.FullName).Order(StringComparer.Ordinal), typeof(Handshakes).Assembly.GetExportedTypes().Select(t => t.FullName).Order(StringComparer.Ordinal));
        Assert.InRange(Facade.Types.Count, 1, 79);
    }

    [Fact]
    public void Nothing_public_names_what_is_not()
    {
        foreach (var type in Facade.Types)
        {
            foreach (var named in ApiText.TypesNamedBy(type)) Assert.True(named.Assembly != typeof(Handshakes).Assembly || Facade.Types.Contains(named), $"{type.Name} names {named.FullName}");
        }
    }
}
