using System.Text;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Steps.Words;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>Explanations: short, complete, true for the version at hand, and the same in every form.</summary>
public sealed class ExplainTests
{
    private static readonly DiagramOptions Explained = new(Explain: true);

    [Fact]
    public void Every_step_of_the_gallery_says_in_60_characters_what_it_is_for()
    {
        foreach (var step in Gallery.Names.SelectMany(Reading.OfSample).SelectMany(c => c.Connection.Steps))
        {
            Assert.True(step.Explanation is { Length: > 0 and <= 60 }, $"{step.Title}: {step.Explanation}");
            Assert.Matches(@"\A[a-z][\w ,:/'-]+\z", step.Explanation);
        }
    }

    [Fact]
    public void Every_alert_and_every_message_that_is_read_is_explained()
    {
        for (var code = 0; code <= byte.MaxValue; code++)
        {
            Assert.InRange(AlertWords.ExplanationOf(new Alert(AlertLevel.Fatal, new AlertDescription((byte)code))).Length, 10, 60);
            var message = HandshakeMessage.Read(new HandshakeType((byte)code), default, MessageContext.Initial);
            var explanation = MessageWordsCatalog.Of(message).ExplanationOf(message, isResumed: false);
            Assert.True(message is OpaqueMessage ? explanation is null : explanation is { Length: >= 10 and <= 60 }, $"{message.Type.Name}: {explanation}");
        }
    }

    [Fact]
    public void A_connection_with_its_explanations_stays_within_3500_characters()
    {
        foreach (var name in Gallery.Names)
        {
            foreach (var connection in Reading.OfSample(name)) Assert.True(Drawing.Of([connection], Explained, 8).Text.Length <= 3_500, name);
        }
    }

    [Theory]
    [InlineData("mutual-tls12", "ChangeCipherSpec", "uses the new keys from here on")]
    [InlineData("tls13-success", "ChangeCipherSpec", "has no effect, kept for old middleboxes")]
    [InlineData("mutual-tls12", "ServerHello", "selects the version and the cipher suite")]
    [InlineData("tls13-success", "ServerHello", "selects the suite: both can derive keys")]
    [InlineData("resumption-tls12-session-id", "ServerHello", "resumes the session, needs no certificate")]
    [InlineData("resumption-tls13", "ServerHello", "accepts the shared key, needs no certificate")]
    [InlineData("hello-retry-request", "HelloRetryRequest", "asks for a key share of another group")]
    [InlineData("dtls12-success", "HelloVerifyRequest", "checks the client's address first")]
    [InlineData("client-certificate-missing", "Certificate", "has no certificate to show")]
    [InlineData("early-data-rejected", "Early data (0-RTT)", "is ignored: the server did not accept it")]
    public void A_message_is_explained_as_its_version_means_it(string sample, string title, string explanation)
    {
        var steps = Reading.OfSample(sample).SelectMany(c => c.Connection.Steps).Where(s => s.Title == title).ToList();
        Assert.Contains(explanation, steps.Select(s => s.Explanation));
    }

    [Fact]
    public void Messages_that_share_an_arrow_are_explained_each_and_none_twice()
    {
        var text = Drawing.Of(Reading.OfSample("tls13-success"), Explained, 8).Text;
        Assert.Contains("(shows its name and its public key)<br/>(proves ownership of the certificate's key)<br/>(confirms that nothing was altered)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("session later)<br/>(lets", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mermaid", "mmd")]
    [InlineData("markdown", "md")]
    [InlineData("svg", "svg")]
    [InlineData("text", "txt")]
    [InlineData("html", "html")]
    public void Every_form_explains(string form, string ending)
    {
        var text = Render(form, Explained, Reading.OfSample("tls13-success"));
        // The style sheet and the script of a page are the same with and without explanations.
        if (form == "html") text = text[text.IndexOf("<article", StringComparison.Ordinal)..(text.LastIndexOf("</article>", StringComparison.Ordinal) + 11)];
        if (form == "svg") text = text[..text.IndexOf("<style>", StringComparison.Ordinal)] + text[(text.IndexOf("</style>", StringComparison.Ordinal) + 9)..];
        text = text.Replace($"{Checkout.Root}{Path.DirectorySeparatorChar}", "", StringComparison.Ordinal);
        Golden.Verify(text, Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Diagrams", "Explained", $"tls13-success.{ending}"));
    }

    [Fact]
    public void Json_holds_facts_and_no_explanations()
        => Assert.Equal(Render("json", new DiagramOptions(), Reading.OfSample("tls13-success")), Render("json", Explained, Reading.OfSample("tls13-success")));

    [Fact]
    public void Nothing_is_explained_unless_asked()
        => Assert.DoesNotContain("(asks", Drawing.Of(Reading.OfSample("tls13-success"), new DiagramOptions(Detail.Full), 8).Text, StringComparison.Ordinal);

    private static string Render(string form, DiagramOptions picture, List<DiagnosedConnection> connections)
    {
        using var memory = new MemoryStream();
        OutputCatalog.Named(form)!.Render(connections, new OutputRequest { Picture = picture, Host = PageHost.GitHub }).Files[0](memory);
        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
