using System.Text;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Redaction;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Redaction;

/// <summary>No form of output of any capture holds an original, and the diagnosis stays.</summary>
public sealed class RedactedProductsTests
{
    public static TheoryData<string> Samples => [.. Directory.EnumerateDirectories(Checkout.PathOf("samples"))
        .Where(d => Directory.EnumerateFiles(d, "capture.pcap*").Any()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Shared
    {
        get
        {
            var folder = Path.GetFullPath(Checkout.PathOf("..", "shared", "captures"));
            if (!Directory.Exists(folder)) return ["(absent)"];
            return [.. Directory.EnumerateFiles(folder, "*.pcap*", SearchOption.AllDirectories).Where(f => !Path.GetExtension(f).StartsWith(".key", StringComparison.Ordinal) && Path.GetExtension(f) != ".ndjson").Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)];
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void No_original_is_left_in_any_form_of_a_sample(string name) => Verify(Reading.OfSample(name));

    [Fact]
    public void No_link_layer_address_is_left_in_any_form() => Verify(Reading.Of(Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "Eap", "eapol-two.pcap")));

    [SkippableTheory]
    [MemberData(nameof(Shared))]
    public void No_original_is_left_in_any_form_of_another_project_s_capture(string name)
    {
        TestSet.NeedsAll("captures of others in every form");
        var path = Checkout.Shared("captures", name);
        var keys = Checkout.PathOf("..", "shared", "captures", "keys", $"{Path.GetFileName(name)}.keys");
        List<DiagnosedConnection> found;
        try
        {
            found = Reading.Of(path, File.Exists(keys) ? Reading.WithSecrets(File.ReadAllBytes(keys)) : null);
        }
        catch (HandshakeToMermaid.Capture.CaptureException)
        {
            // Nothing is drawn of what cannot be read.
            return;
        }

        if (found.Count > 0) Verify(found);
    }

    private static void Verify(List<DiagnosedConnection> found)
    {
        foreach (var options in (RedactionOptions[])[new(), new() { Key = Key, Addresses = AddressScheme.Prefix, ShiftsTimes = true }])
        {
            using var redactor = new Redactor(options);
            var redacted = found.Select(redactor.Redact).ToList();
            Assert.Equal(found.Select(Diagnosis), redacted.Select(Diagnosis));
            var values = found.SelectMany(f => Values(f.Connection)).Where(OwnWords.IsDistinctive).Distinct(StringComparer.OrdinalIgnoreCase).Where(v => !redactor.Pseudonyms.IsIssued(v)).ToList();
            foreach (var (form, text) in Products(redacted))
            {
                Assert.True(redactor.Search.Find(text, redactor.Pseudonyms) is null, $"{form}: {redactor.Search.Find(text, redactor.Pseudonyms)}");
                foreach (var value in values) Assert.False(Holds(text, value), $"{form} holds {value}");
            }
        }
    }

    /// <summary>What a reader of the diagram would lose first.</summary>
    private static string Diagnosis(DiagnosedConnection diagnosed) =>
        $"{string.Join(' ', diagnosed.Findings.Select(f => f.Code))} {diagnosed.Connection.Outcome.Class} {diagnosed.Connection.Steps.Count} {diagnosed.IsFailed} {string.Join(' ', diagnosed.Checks.Select(c => $"{c.What}={c.Passed}"))}";

    private static IEnumerable<(string Form, string Text)> Products(List<DiagnosedConnection> redacted)
    {
        foreach (var form in OutputCatalog.All)
        {
            foreach (var isTimeline in form.DrawsTimelines ? (bool[])[false, true] : [false])
            {
                foreach (var detail in (Detail[])[Detail.Normal, Detail.Full])
                {
                    var request = new OutputRequest { Picture = new DiagramOptions(detail, TimeStyle.Absolute), IsTimeline = isTimeline };
                    foreach (var file in form.Render(redacted, request).Files)
                    {
                        using var memory = new MemoryStream();
                        file(memory);
                        yield return ($"{form.Name} {detail}{(isTimeline ? " timeline" : "")}", Encoding.UTF8.GetString(memory.ToArray()));
                    }
                }
            }
        }
    }

    /// <summary>Names and addresses as the model has them: found without the redaction's own list.</summary>
    private static IEnumerable<string> Values(Connection connection)
    {
        string?[] values =
        [
            connection.Client.Name, connection.Server.Name, connection.Client.Endpoint?.Address.ToString(), connection.Server.Endpoint?.Address.ToString(),
            .. connection.Facts.Select(f => f.ServerName), .. connection.Queries.Select(q => q.Name), .. connection.Queries.SelectMany(q => q.Addresses).Select(a => a.ToString()),
            .. connection.Attempts.Select(a => a.Server.Address.ToString()), .. connection.Queries.Select(q => q.Resolver.Address.ToString()),
        ];
        return values.OfType<string>().Where(v => v.Length > 0 && !NamePseudonyms.Stays(v));
    }

    private static bool Holds(string text, string value)
    {
        for (var at = text.IndexOf(value, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(value, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + value.Length;
            if ((at == 0 || !IsWord(text[at - 1])) && (end == text.Length || !IsWord(text[end]))) return true;
        }

        return false;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '-' or '_';

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
}
