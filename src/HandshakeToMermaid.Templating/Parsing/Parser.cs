using HandshakeToMermaid.Templating.Syntax.Statements;

namespace HandshakeToMermaid.Templating.Parsing;

/// <summary>Turns tokens into a tree. Stops at the first mistake, which it throws; <see cref="Template.Parse"/> catches it.</summary>
internal sealed partial class Parser
{
    /// <summary>How deep blocks and brackets may nest.</summary>
    public const int MaxDepth = 100;

    /// <summary>How high an expression's tree may grow: a row of operators is as high as it is long.</summary>
    public const int MaxTree = 250;

    /// <summary>What is said beyond <see cref="MaxDepth"/> and <see cref="MaxTree"/>.</summary>
    public const string TooDeep = "this is nested too deep";

    private readonly Source source;
    private readonly List<Token> tokens;
    private int next;
    private int depth;

    // Inside brackets and after a pipe the ends of lines mean nothing.
    private int ignoringLines;

    // The indent of the code block being read, or none where the surrounding block's is in force.
    private IndentMarker indent = IndentMarker.Inherited;

    private Parser(Source source, List<Token> tokens, int depth)
    {
        this.source = source;
        this.tokens = tokens;
        this.depth = depth;
    }

    /// <summary>Parses a whole template.</summary>
    /// <exception cref="TemplateException">The first mistake.</exception>
    public static Block Parse(Source source)
    {
        var parser = new Parser(source, Lexer.Template(source), depth: 0);
        var block = parser.ParseBlock();
        return parser.Current.Kind == TokenKind.End ? block : throw parser.Error($"this `{parser.Shown}` belongs to no statement");
    }

    private Token Current => tokens[next];

    private Token Following
    {
        get
        {
            var i = next + 1;
            while (ignoringLines > 0 && i < tokens.Count - 1 && tokens[i].Kind == TokenKind.NewLine) i++;
            return tokens[Math.Min(i, tokens.Count - 1)];
        }
    }

    private string Shown => Current.Kind switch
    {
        TokenKind.End => "the end of the template",
        TokenKind.NewLine => "the end of the line",
        _ => source.Text[Current.Start..Current.End],
    };

    private bool IsSymbol(string symbol) => Current.IsSymbol(symbol);

    private void Skip()
    {
        if (next < tokens.Count - 1) next++;
        while (ignoringLines > 0 && Current.Kind == TokenKind.NewLine) next++;
    }

    private SourceSpan Here => new(source, Current.Start, Current.End);

    /// <summary>From <paramref name="start"/> to the end of the token before this one.</summary>
    private SourceSpan From(int start) => new(source, start, next == 0 ? start : Math.Max(start, tokens[next - 1].End));

    private TemplateException Error(string message) => Here.Error(message);

    private TemplateException Expected(string what) => Error(Current.Kind is TokenKind.End or TokenKind.NewLine
        ? $"expected {what} instead of {Shown}"
        : $"expected {what} instead of `{Shown}`");

    private void Expect(string symbol)
    {
        if (!IsSymbol(symbol)) throw Expected($"`{symbol}`");
        Skip();
    }

    private string ExpectName(string what)
    {
        if (Current.Kind != TokenKind.Identifier) throw Expected(what);
        var name = (string)Current.Value!;
        Skip();
        return name;
    }

    private void ExpectEndOfStatement()
    {
        if (Current.Kind is TokenKind.NewLine or TokenKind.CodeExit or TokenKind.End || IsSymbol(";")) return;
        throw Expected("the end of the statement");
    }

    private void Enter()
    {
        if (++depth > MaxDepth) throw Error(TooDeep);
    }

    /// <summary>Reads statements up to <c>end</c>, <c>else</c>, <c>when</c> or the end of the template.</summary>
    private Block ParseBlock()
    {
        Enter();
        var start = Current.Start;
        var outerIndent = indent;
        indent = IndentMarker.Inherited;
        var statements = new List<Statement>();
        while (!AtBlockEnd())
        {
            switch (Current.Kind)
            {
                case TokenKind.Text or TokenKind.EscapedText:
                    // An escape block is never indented.
                    statements.Add(new TextStatement(Here) { Marker = Current.Kind == TokenKind.Text ? IndentMarker.Inherited : default });
                    Skip();
                    break;
                case var _ when SkipMarker():
                    break;
                default:
                    statements.Add(ParseStatement());
                    break;
            }
        }
        indent = outerIndent;
        depth--;
        return new Block(From(start), [.. statements]);
    }

    private bool AtBlockEnd() =>
        Current.Kind == TokenKind.End || Current.IsWord("end") || Current.IsWord("else") || Current.IsWord("when");

    /// <summary>Passes what only separates statements, and keeps track of the indent.</summary>
    private bool SkipMarker()
    {
        switch (Current.Kind)
        {
            case TokenKind.CodeEnter: indent = new IndentMarker((string?)Current.Value); break;
            case TokenKind.CodeExit: indent = IndentMarker.Inherited; break;
            case TokenKind.NewLine: break;
            default:
                if (!IsSymbol(";")) return false;
                break;
        }
        Skip();
        return true;
    }

    private Statement ParseStatement()
    {
        var keyword = Current.Kind == TokenKind.Identifier ? (string)Current.Value! : "";
        if (keyword is "for" or "while" && Following.IsSymbol(".")) keyword = "";
        return keyword switch
        {
            "if" => ParseIf(),
            "case" => ParseCase(),
            "for" => ParseFor(),
            "while" => ParseWhile(),
            "break" => ParseJump(Flow.Break),
            "continue" => ParseJump(Flow.Continue),
            "capture" => ParseCapture(),
            "with" => ParseWith(),
            "wrap" => ParseWrap(),
            "func" => ParseFunction(),
            "ret" => ParseReturn(),
            "import" or "readonly" or "tablerow" => throw Error($"`{keyword}` is not supported"),
            _ when Current.Kind == TokenKind.LocalIdentifier && (string)Current.Value! == "$" => ParseWrappedBlock(),
            _ => ParseExpressionStatement(),
        };
    }

    private Block ParseBody(SourceSpan opener)
    {
        ExpectEndOfStatement();
        var body = ParseBlock();
        ExpectEnd(opener);
        return body;
    }

    /// <summary>Passes a statement's keyword; gives its place and the indent in force there.</summary>
    private (SourceSpan At, IndentMarker Marker) Begin()
    {
        var at = Here;
        Skip();
        return (at, indent);
    }

    private void ExpectEnd(SourceSpan opener)
    {
        SkipEnd(opener);
        ExpectEndOfStatement();
    }

    private void SkipEnd(SourceSpan opener)
    {
        if (SkipWord("end")) return;
        throw Current.Kind == TokenKind.End ? opener.Error($"the `end` of this `{opener.Text}` is missing") : Error($"this `{Shown}` does not belong to the `{opener.Text}` before it");
    }

    private bool SkipWord(string word)
    {
        if (!Current.IsWord(word)) return false;
        Skip();
        return true;
    }

    private bool SkipSymbol(string symbol)
    {
        if (!IsSymbol(symbol)) return false;
        Skip();
        return true;
    }

    private SourceSpan At(Token token) => new(source, token.Start, token.End);
}
