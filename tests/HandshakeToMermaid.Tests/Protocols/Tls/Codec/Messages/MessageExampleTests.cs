using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Messages;

public class MessageExampleTests
{
    public static TheoryData<string> Names() => [.. Examples.Keys];

    public static TheoryData<string> NamesWithLayout() => [.. Examples.Where(e => e.Value.Layout is not null).Select(e => e.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_decodes_to_its_values(string name)
    {
        var example = Examples[name];
        var message = example.Read(example.Body);
        Assert.Equal(example.Decoded, Decoded.Text(message));
        Assert.Equal(example.Type switch { 0x201 => 1, 0x202 => 16, 0x204 => 2, _ => example.Type }, message.Type.Code);

        // Where the parts were decoded before, it is the same.
        var parts = new DecodedParts();
        for (var i = 0; i < 2; i++) Assert.Equal(example.Decoded, Decoded.Text(example.Read(example.Body, parts)));
    }

    [Theory]
    [MemberData(nameof(NamesWithLayout))]
    public void A_message_that_is_changed_has_the_fault_of_its_layout(string name)
    {
        var example = Examples[name];
        CodecLaws.FaultsAreThoseOf(example.Layout!, example.Body, bytes => example.Read(bytes).Fault);
    }

    [Fact]
    public void Suites_that_were_decoded_before_change_no_fault()
    {
        var example = Examples.Values.First();
        var parts = new DecodedParts();
        CodecLaws.FaultsAreThoseOf(example.Layout!, example.Body, bytes => example.Read(bytes, parts).Fault);
    }

    private static readonly Dictionary<string, MessageExample> Examples =
        HelloExamples.All.Concat(AuthenticationExamples.All).Concat(KeyExchangeExamples.All).ToDictionary(e => e.Name);
}
