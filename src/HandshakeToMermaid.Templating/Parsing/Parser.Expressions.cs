using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Parsing;

/// <content>Expressions.</content>
internal sealed partial class Parser
{
    /// <summary>An expression with its pipes.</summary>
    /// <param name="inWhen">Leaves <c>||</c> alone: it separates the values of a <c>when</c>.</param>
    /// <param name="options">Takes the options behind the list of a <c>for</c>.</param>
    private Expression ParseExpression(bool inWhen = false, List<Argument>? options = null)
    {
        var left = ParseOperation(precedence: 0, insideCall: false, inWhen, options);
        while (IsSymbol("|") || IsSymbol("|>"))
        {
            // A line may end behind a pipe.
            ignoringLines++;
            Skip();
            ignoringLines--;
            left = Checked(Pipe(left, ParseOperation(precedence: 0, insideCall: false)));
        }
        return left;
    }

    /// <summary>
    /// Operators and calls. A call has no brackets (<c>f a b</c>): one value behind another makes the first a
    /// function and the rest its arguments, each with its operators.
    /// </summary>
    private Expression ParseOperation(int precedence, bool insideCall, bool inWhen = false, List<Argument>? options = null)
    {
        Enter();
        var start = Current.Start;
        Expression? function = null;
        var arguments = new List<Argument>();
        var left = ParseOperandAndMembers(callable: !insideCall);
        while (left is not FunctionExpression)
        {
            if (Current.Kind == TokenKind.Symbol && Binary.TryGetValue((string)Current.Value!, out var binary))
            {
                if (binary.Precedence <= precedence || (inWhen && binary.Operator == BinaryOperator.Or)) break;
                Skip();
                var right = ParseOperation(binary.Precedence, insideCall || function is not null);
                left = Checked(new BinaryExpression(left.Span.To(right.Span), binary.Operator, left, right));
            }
            else if (IsSymbol("?") && precedence == 0)
            {
                left = Checked(ParseConditional(Close(left)));
                break;
            }
            else if (insideCall || !StartsOperand())
            {
                break;
            }
            else if (Current.Kind == TokenKind.Identifier && (options is not null || Following.IsSymbol(":")))
            {
                if (options is null) Push(left);
                ParseNamedArguments(options ?? arguments, valuesRequired: options is null);
                if (options is not null) break;
                if (!StartsOperand())
                {
                    depth--;
                    return Checked(new CallExpression(From(start), function!, [.. arguments]));
                }
                left = ParseOperandAndMembers();
            }
            else
            {
                Push(left);
                left = ParseOperandAndMembers();
            }
        }
        depth--;
        return Close(left);

        void Push(Expression value)
        {
            if (function is null) function = value;
            else arguments.Add(new Argument(Name: null, value));
        }

        Expression Close(Expression last)
        {
            if (function is null) return last;
            Push(last);
            var call = Checked(new CallExpression(From(start), function, [.. arguments]));
            function = null;
            return call;
        }
    }

    private ConditionalExpression ParseConditional(Expression condition)
    {
        Expect("?");
        var then = ParseExpression();
        Expect(":");
        var otherwise = ParseExpression();
        return new ConditionalExpression(condition.Span.To(otherwise.Span), condition, then, otherwise);
    }

    private void ParseNamedArguments(List<Argument> arguments, bool valuesRequired)
    {
        while (Current.Kind == TokenKind.Identifier && (!valuesRequired || Following.IsSymbol(":")))
        {
            var at = Here;
            var name = ExpectName("a name");
            if (!valuesRequired && name is not ("offset" or "limit" or "reversed")) throw at.Error($"`for` has no option `{name}`: expected offset, limit or reversed");
            arguments.Add(new Argument(name, SkipSymbol(":") ? ParseOperandAndMembers(callable: false) : null));
        }
    }

    /// <summary>
    /// The value before a pipe becomes the first argument of the function behind it: of the leftmost call there, so
    /// that <c>x | f + 1</c> is <c>(f x) + 1</c>.
    /// </summary>
    private static Expression Pipe(Expression from, Expression to) => to switch
    {
        CallExpression call => new CallExpression(from.Span.To(to.Span), call.Target, [new Argument(null, from), .. call.Arguments]),
        MemberExpression { Target: var target } member when HoldsCall(target) => new MemberExpression(to.Span, Pipe(from, target), member.Name, member.IsOptional),
        IndexExpression { Target: var target } index when HoldsCall(target) => new IndexExpression(to.Span, Pipe(from, target), index.Index),
        PathExpression path => new CallExpression(from.Span.To(to.Span), path, [new Argument(null, from)]),
        BinaryExpression binary => new BinaryExpression(to.Span, binary.Operator, Pipe(from, binary.Left), binary.Right),
        ConditionalExpression choice => new ConditionalExpression(to.Span, Pipe(from, choice.Condition), choice.Then, choice.Otherwise),
        _ => throw to.Span.Error("expected a function after the pipe"),
    };

    private static bool HoldsCall(Expression expression) => expression switch
    {
        CallExpression => true,
        MemberExpression member => HoldsCall(member.Target),
        IndexExpression index => HoldsCall(index.Target),
        _ => false,
    };

    private bool StartsOperand() => Current.Kind switch
    {
        TokenKind.Identifier or TokenKind.LocalIdentifier or TokenKind.Number or TokenKind.String or TokenKind.Interpolated => true,
        TokenKind.Symbol => (string)Current.Value! is "(" or "[" or "{" or "!" or "-" or "+" or "@" or "^" or "++" or "--",
        _ => false,
    };

    /// <summary>A value with the members, elements and bracketed calls that follow it without a gap.</summary>
    /// <param name="callable">False where the language would take the bracket for the next argument of a call around.</param>
    private Expression ParseOperandAndMembers(bool callable = true)
    {
        var start = Current.Start;
        var isParenthesis = IsSymbol("(");
        var left = ParseOperand();
        while (true)
        {
            if (IsSymbol(".") || IsSymbol("?."))
            {
                left = ParseMember(left, start);
            }
            else if (IsSymbol("++") || IsSymbol("--"))
            {
                var step = IsSymbol("++") ? 1 : -1;
                Skip();
                if (left is not PathExpression path) throw left.Span.Error("only a variable can be counted up or down");
                left = new IncrementExpression(From(start), path, step, isPostfix: true);
            }
            else if (IsSymbol("[") && !FollowsSpace() && (isParenthesis || left is PathExpression or LiteralExpression or CallExpression))
            {
                left = ParseIndex(left, start);
            }
            else if (IsSymbol("(") && !FollowsSpace() && left is not FunctionExpression)
            {
                left = callable ? ParseExplicitCall(left, start) : throw left.Span.Error("this call needs brackets around it");
            }
            else
            {
                return left;
            }
            Checked(left);
        }
    }

    private bool FollowsSpace() => Current.Start > 0 && char.IsWhiteSpace(source.Text[Current.Start - 1]);

    private Expression ParseMember(Expression target, int start)
    {
        var optional = IsSymbol("?.") || target is MemberExpression { IsOptional: true };
        Skip();
        var name = ExpectName("a member's name");
        if (name is "empty" or "blank" && SkipSymbol("?")) return new IsEmptyExpression(From(start), target);
        return new MemberExpression(From(start), target, name, optional);
    }

    private IndexExpression ParseIndex(Expression target, int start)
    {
        Expect("[");
        var index = ParseExpression();
        Expect("]");
        return new IndexExpression(From(start), target, index);
    }

    private CallExpression ParseExplicitCall(Expression target, int start)
    {
        var arguments = new List<Argument>();
        Expect("(");
        while (!IsSymbol(")"))
        {
            if (arguments.Count > 0) Expect(",");
            var name = Current.Kind == TokenKind.Identifier && Following.IsSymbol(":") ? ExpectName("a name") : null;
            if (name is not null) Skip();
            arguments.Add(new Argument(name, ParseExpression()));
        }
        Skip();
        return new CallExpression(From(start), target, [.. arguments], isExplicit: true);
    }

    private static T Checked<T>(T expression) where T : Expression =>
        expression.Depth <= MaxTree ? expression : throw expression.Span.Error(TooDeep);

    private const int UnaryPrecedence = 200;

    private static readonly Dictionary<string, (BinaryOperator Operator, int Precedence)> Binary = new()
    {
        ["??"] = (BinaryOperator.IfNull, 20),
        ["?!"] = (BinaryOperator.IfNotNull, 20),
        ["||"] = (BinaryOperator.Or, 30),
        ["&&"] = (BinaryOperator.And, 40),
        ["=="] = (BinaryOperator.Equal, 70),
        ["!="] = (BinaryOperator.NotEqual, 70),
        ["<"] = (BinaryOperator.Less, 80),
        ["<="] = (BinaryOperator.LessOrEqual, 80),
        [">"] = (BinaryOperator.Greater, 80),
        [">="] = (BinaryOperator.GreaterOrEqual, 80),
        ["+"] = (BinaryOperator.Add, 100),
        ["-"] = (BinaryOperator.Subtract, 100),
        ["*"] = (BinaryOperator.Multiply, 110),
        ["/"] = (BinaryOperator.Divide, 110),
        ["//"] = (BinaryOperator.DivideWhole, 110),
        ["%"] = (BinaryOperator.Modulus, 110),
        ["<<"] = (BinaryOperator.ShiftLeft, 110),
        [">>"] = (BinaryOperator.ShiftRight, 110),
        [".."] = (BinaryOperator.Range, 130),
        ["..<"] = (BinaryOperator.RangeExclusive, 130),
    };
}
