using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Extensions;

public class ExtensionExampleTests
{
    public static TheoryData<string> Names() => [.. Examples.Keys];

    public static TheoryData<string> NamesWithLayout() => [.. Examples.Where(e => e.Value.Layout is not null).Select(e => e.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_extension_decodes_to_its_values(string name)
    {
        var example = Examples[name];
        var extension = example.Read(example.Data);
        Assert.Equal(example.Decoded, Decoded.Text(extension));
        Assert.Equal((example.Type, Convert.ToHexString(example.Data)), (extension.Type.Code, Convert.ToHexString(extension.Data.Span)));

        var cache = new ExtensionCache();
        for (var i = 0; i < 2; i++) Assert.Equal(example.Decoded, Decoded.Text(cache.Decode(new ExtensionType((ushort)example.Type), example.Data, example.Place)));
    }

    [Theory]
    [MemberData(nameof(NamesWithLayout))]
    public void An_extension_that_is_changed_has_the_fault_of_its_layout(string name)
    {
        var example = Examples[name];
        CodecLaws.FaultsAreThoseOf(example.Layout!, example.Data, data => example.Read(data).Fault);
    }

    private static readonly Dictionary<string, ExtensionExample> Examples = ExtensionExamples.All.ToDictionary(e => e.Name);
}
