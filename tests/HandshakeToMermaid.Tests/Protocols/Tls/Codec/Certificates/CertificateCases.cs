namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>The certificates and OCSP responses that Cases/make.sh made.</summary>
internal static class CertificateCases
{
    public static TheoryData<string> Certificates => Names(name => !name.StartsWith("ocsp", StringComparison.Ordinal));

    public static TheoryData<string> OcspResponses => Names(name => name.StartsWith("ocsp", StringComparison.Ordinal));

    public static byte[] Der(string name) => File.ReadAllBytes(Path.Combine(Folder, name + ".der"));

    private static TheoryData<string> Names(Func<string, bool> wanted)
    {
        var data = new TheoryData<string>();
        foreach (var name in Directory.GetFiles(Folder, "*.der").Select(Path.GetFileNameWithoutExtension).Order())
            if (wanted(name!)) data.Add(name!);
        return data;
    }

    private static string Folder => Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Protocols", "Tls", "Codec", "Certificates", "Cases");
}
