using System.Text;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

public class ObjectIdentifiersTests
{
    /// <summary>UPDATE_EXPECTED=1 writes the table anew.</summary>
    [Fact]
    public void The_generated_table_is_that_of_the_csv()
    {
        var generated = PathOf("ObjectIdentifiers.g.cs");
        var expected = Generate(RegistryCsv.Lines(PathOf("ObjectIdentifiers.csv")).Skip(1).Select(line => line.Split(',')).ToArray());
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1") File.WriteAllText(generated, expected);

        Assert.Equal(expected, File.ReadAllText(generated));
    }

    private static string Generate(string[][] rows)
    {
        var code = new StringBuilder("""
            // Generated from ObjectIdentifiers.csv by the test ObjectIdentifiersTests; UPDATE_EXPECTED=1 writes it anew.
            #nullable enable

            namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

            internal static partial class ObjectIdentifiers
            {

            """);
        foreach (var (type, method, kind, column) in Methods)
        {
            if (code[^2] == '}') code.Append('\n');
            if (method != Methods[0].Method) code.Append('\n');
            code.Append($"    public static partial {type} {method}(string oid) => oid switch\n    {{\n");
            foreach (var row in rows.Where(r => r[0] == kind && r[column].Length > 0))
                code.Append($"        \"{row[1]}\" => {(column == 2 ? $"\"{row[2]}\"" : row[3])},\n");
            code.Append($"        _ => {(column == 2 ? "null" : "0")},\n    }};\n");
        }

        return code.Append("}\n").ToString();
    }

    private static string PathOf(string file) => Checkout.PathOf("src", "HandshakeToMermaid", "Protocols", "Tls", "Codec", "Certificates", file);

    private static readonly (string Type, string Method, string Kind, int Column)[] Methods =
    [
        ("string?", "AttributeType", "attribute", 2),
        ("string?", "PublicKey", "key", 2),
        ("int", "PublicKeyBits", "key", 3),
        ("string?", "Curve", "curve", 2),
        ("int", "CurveBits", "curve", 3),
        ("string?", "Signature", "signature", 2),
        ("string?", "KeyPurpose", "purpose", 2),
        ("string?", "Hash", "hash", 2),
    ];
}
